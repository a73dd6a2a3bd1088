"""What is said of a table that no layout reads: what it seems to be, and what to do."""

import pytest
from examples.layouts import workbook

from comity.observations.layouts import layouts
from comity.observations.unrecognised_tables import seems_to_be


def said(text: str | bytes, name: str = "x.csv") -> tuple[str, str]:
    """What a file seems to be and what is expected; no layout reads it."""
    data = text if isinstance(text, bytes) else text.encode()
    assert not [layout.name for layout in layouts() if layout.recognises(name, data)]
    found = seems_to_be(name, data)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        (
            "Series Name,Series Code,Time,Time Code,Brazil [BRA],Andorra [AND]\n"
            '"Population, total",SP.POP.TOTL,2018,YR2018,209469333,77006\n',
            "DataBank with countries as columns",
            "years as columns",
        ),
        (
            "Country Name,Country Code,2018 [YR2018],2019 [YR2019]\nBrazil,BRA,27.1,21.3\n",
            "without its series",
            "Series Code",
        ),
        ("iso2c,iso3c,country,date,SP.POP.TOTL\nBR,BRA,Brazil,2018,209469333\n", "SP.POP.TOTL", "Country Code"),
        (
            "Goal,Target,Indicator,SeriesCode,GeoAreaCode,GeoAreaName,Units,2010,2011\n"
            "16,16.1,16.1.1,VC_IHR_PSRC,4,Afghanistan,PER_100000_POP,3.4,4.1\n",
            "SDG Global Database with years as columns",
            "TimePeriod and Value",
        ),
        (
            'Index,Variant,"Region, subregion, country or area *",Notes,Country code,Type,Parent code,1950,1951\n'
            "1,Estimates,WORLD,,900,World,0,2536431,2584034\n",
            "World Population Prospects",
            "the CSV",
        ),
        ("freq,iccs,unit,geo\\TIME_PERIOD|2008|2009\nA,ICCS0101,NR,EL|139|143 b\n", "Eurostat", "the TSV or CSV"),
        ("unit,iccs,geo,time,values\nNR,ICCS0101,EL,2008-01-01,139\n", "package eurostat", "OBS_VALUE"),
        ("TIME,GEO (Labels),2008\n,Greece,139\n", "labels in place of codes", "with codes"),
        ("Country or Area,Year(s),Variant,Value\nBrazil,2012,Medium,198314.934\n", "UNdata", "publisher"),
        ("Country,Region,Indicator,X2010,X2011\nBrazil,Americas,Homicide Rate,1,2\n", "X2010", "check.names"),
        (
            "Level,Region/Subregion,Indicator,2015,2016\nWorld,World,Estimated Homicide Count,444871,450719\n",
            "regional estimates",
            "countries",
        ),
        ("Country,Indicator,2010,2011\nAlgeria,Total Prison Population,1,2\n", "without the column Region", "prisons"),
        (
            "measure,location,sex,age,cause,metric,year,val\nDeaths,Brazil,Male,All,Homicide,Number,2019,1\n",
            "Global Burden of Disease",
            "our own layout",
        ),
        ("IndicatorCode,SpatialDim,TimeDim,NumericValue\nX,BRA,2019,1\n", "Global Health Observatory", "our own"),
        ("country,year,deaths\nBrazil,2019,4\n", "areas and years", "area, indicator, period, value"),
    ],
)
def test_a_table_that_is_known_by_its_headings_is_named_with_what_to_do(text: str, what: str, remedy: str) -> None:
    seems, expected = said(text)
    assert what in seems
    assert remedy in expected


@pytest.mark.parametrize(
    ("headings", "layout", "lacking"),
    [
        ("country,indicator,period,value", "observations as CSV", "“area”"),
        ("area,period,value,sex", "observations as CSV", "“indicator”"),
        ("area,indicator,value,sex", "observations as CSV", "“period”"),
        (
            "Iso3_code,Country,Indicator,Year,Unit of measurement,VALUE,Sex,Age",
            "UNODC data portal",
            "Dimension, Category",
        ),
        (
            "iso3_code,country,Indicator,Disaggregation,Unit,Year,Value,Source",
            "UNODC homicide by country, 2019-2021",
            "“Gender”",
        ),
        ("SeriesCode,GeoAreaCode,TimePeriod,Value,Units", "SDG Global Database", "“Goal”"),
        ("Entity,Code,Year,Deaths", "Our World in Data", "“Homicide rate per 100,000 population”"),
        ("LocID,Time,PopTotal", "World Population Prospects, populations", "“Variant”"),
        ("instrument,participant,date", "treaty actions", "“action”"),
        ("Country,Region,Indicator,Remarks", "Global Study on Homicide 2019", "“2018”"),
    ],
)
def test_a_layout_that_lacks_a_heading_is_named_with_what_lacks(headings: str, layout: str, lacking: str) -> None:
    seems, expected = said(f"{headings}\n{','.join('1' for _ in headings.split(','))}\n")
    assert layout in seems
    assert lacking in expected


def test_a_sheet_of_a_workbook_is_looked_at_too() -> None:
    rows = [["United Nations"], ["Index", "Variant", "Region, subregion, country or area *", "Notes", 1950], [1, 2, 3]]
    assert "World Population Prospects" in said(workbook(rows), "x.xlsx")[0]


@pytest.mark.parametrize("data", [b"a,b,c\n1,2,3\n", b"\0\1\2", b"", b"word\n", b'"never closed\n', b"PK\x03\x04"])
def test_of_what_nothing_tells_nothing_is_said(data: bytes) -> None:
    assert seems_to_be("x", data) is None
