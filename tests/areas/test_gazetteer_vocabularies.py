"""Names as the field's files write them lead to their area, or are refused with candidates; never to a wrong one."""

import csv
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from comity.areas.gazetteer import PARTICIPANTS, Gazetteer
from comity.areas.names.folded import fold, loosen
from comity.evidence.errors import UnknownName

WORLD_BANK = {
    "Bahamas, The": "044",
    "Bolivia": "068",
    "British Virgin Islands": "092",
    "Brunei Darussalam": "096",
    "Cabo Verde": "132",
    "Channel Islands": "830",
    "Congo, Dem. Rep.": "180",
    "Congo, Rep.": "178",
    "Cote d'Ivoire": "384",
    "Curacao": "531",
    "Czechia": "203",
    "Czech Republic": "203",
    "Egypt, Arab Rep.": "818",
    "Eswatini": "748",
    "Faeroe Islands": "234",
    "Gambia, The": "270",
    "Hong Kong SAR, China": "344",
    "Iran, Islamic Rep.": "364",
    "Korea, Dem. People's Rep.": "408",
    "Korea, Dem. Rep.": "408",
    "Korea, Rep.": "410",
    "Kosovo": "XKX",
    "Kyrgyz Republic": "417",
    "Lao PDR": "418",
    "Macao SAR, China": "446",
    "Macedonia, FYR": "807",
    "Micronesia, Fed. Sts.": "583",
    "Moldova": "498",
    "North Macedonia": "807",
    "Puerto Rico": "630",
    "Puerto Rico (US)": "630",
    "Russian Federation": "643",
    "Sao Tome and Principe": "678",
    "Serbia and Montenegro": "891",
    "Sint Maarten (Dutch part)": "534",
    "Slovak Republic": "703",
    "Somalia, Fed. Rep.": "706",
    "St. Kitts and Nevis": "659",
    "St. Lucia": "662",
    "St. Martin (French part)": "663",
    "St. Vincent and the Grenadines": "670",
    "Syrian Arab Republic": "760",
    "Turkey": "792",
    "Turkiye": "792",
    "Venezuela, RB": "862",
    "Vietnam": "704",
    "Viet Nam": "704",
    "Virgin Islands (U.S.)": "850",
    "West Bank and Gaza": "275",
    "Yemen, Rep.": "887",
    "Yugoslavia, FR (Serbia/Montenegro)": "891",
}
UNITED_NATIONS = {
    "Bolivia (Plurin. State of)": "068",
    "Bolivia (Plurinational State of)": "068",
    "Bonaire, Sint Eustatius and Saba": "535",
    "Caribbean Netherlands": "535",
    "China, Hong Kong SAR": "344",
    "China, Macao SAR": "446",
    "China, Taiwan Province of China": "158",
    "Dem. People's Rep. of Korea": "408",
    "Dem. People's Republic of Korea": "408",
    "Dem. Rep. of the Congo": "180",
    "Falkland Is. (Malvinas)": "238",
    "Iran (Islamic Rep. of)": "364",
    "Kosovo (under UNSC res. 1244)": "XKX",
    "Lao People's Dem. Rep.": "418",
    "Micronesia (Fed. States of)": "583",
    "Netherlands (Kingdom of the)": "528",
    "Occupied Palestinian Territory": "275",
    "occupied Palestinian territory, including east Jerusalem": "275",
    "Rep. of Korea": "410",
    "Rep. of Moldova": "498",
    "Saint Vincent & Grenadines": "670",
    "State of Palestine": "275",
    "Sudan (former)": "736",
    "T.F. Yug. Rep. Macedonia": "807",
    "TFYR Macedonia": "807",
    "TFYR of Macedonia": "807",
    "The former Yugoslav Rep. of Macedonia": "807",
    "Turks and Caicos Is.": "796",
    "United Kingdom of Great Britain and Northern Ireland": "826",
    "United Rep. of Tanzania": "834",
    "United States Virgin Is.": "850",
    "Venezuela (Boliv. Rep. of)": "862",
    "Wallis and Futuna Is.": "876",
    "Wallis and Futuna Islands": "876",
    "Yugoslav SFR": "890",
    "Ethiopia PDR": "230",
}
OUR_WORLD_IN_DATA = {
    "Bonaire Sint Eustatius and Saba": "535",
    "Cape Verde": "132",
    "Cote d'Ivoire": "384",
    "Democratic Republic of Congo": "180",
    "East Germany": "278",
    "East Timor": "626",
    "Macao": "446",
    "Micronesia (country)": "583",
    "Palestine": "275",
    "Sint Maarten (Dutch part)": "534",
    "Swaziland": "748",
    "USSR": "810",
    "United States": "840",
    "United States Virgin Islands": "850",
    "Vatican": "336",
    "West Germany": "276",
    "Yemen People's Republic": "720",
}
EUROSTAT = {
    "England and Wales": "GBR_E_W",
    "Former Yugoslav Republic of Macedonia, the": "807",
    "Germany (until 1990 former territory of the FRG)": "276",
    "Kosovo (under United Nations Security Council Resolution 1244/99)": "XKX",
    "Kosovo*": "XKX",
    "Northern Ireland (UK)": "GBR_NI",
    "Scotland": "GBR_S",
    "UK": "826",
    "XK": "XKX",
}
UNODC = {
    "China, Hong Kong Special Administrative Region": "344",
    "China, Macao Special Administrative Region": "446",
    "Hong Kong Special Administrative Region of China": "344",
    "Iraq (Central Iraq)": "IRQ_C",
    "Iraq (Kurdistan Region)": "IRQ_KR",
    "Kosovo under UNSCR 1244": "XKX",
    "Kosovo under UNSCR 1244/99": "XKX",
    "Kurdistan Region of Iraq": "IRQ_KR",
    "Serbia and Montenegro": "891",
    "UK: England & Wales": "GBR_E_W",
    "United Kingdom (England and Wales)": "GBR_E_W",
    "United Kingdom (Northern Ireland)": "GBR_NI",
    "United Kingdom (Scotland)": "GBR_S",
}
EVERYDAY = {
    "Antigua & Barb.": "028",
    "Bosnia": "070",
    "Bosnia & Herz.": "070",
    "Bosnia-Herzegovina": "070",
    "Britain": "826",
    "Central African Rep.": "140",
    "Chinese Taipei": "158",
    "Congo (Brazzaville)": "178",
    "Congo (Kinshasa)": "180",
    "Congo, D.R.": "180",
    "Dem. Rep. of the Congo (Kinshasa)": "180",
    "Republic of Ireland": "372",
    "Congo-Kinshasa": "180",
    "Czech Rep.": "203",
    "DPRK": "408",
    "DRC": "180",
    "Dem. Rep. Congo": "180",
    "Dem. Rep. Korea": "408",
    "Dominican Rep.": "214",
    "E. Timor": "626",
    "Eq. Guinea": "226",
    "Fr. Polynesia": "258",
    "Germany, Dem. Rep.": "278",
    "Germany, Fed. Rep.": "276",
    "Great Britain": "826",
    "Holland": "528",
    "Hong Kong": "344",
    "Hong Kong, China": "344",
    "Ivory Coast": "384",
    "Korea (South)": "410",
    "Lao P.D.R.": "418",
    "Laos": "418",
    "Macau": "446",
    "Marshall Is.": "584",
    "N. Ireland": "GBR_NI",
    "N. Korea": "408",
    "N. Mariana Is.": "580",
    "PNG": "598",
    "People's Rep. of China": "156",
    "ROK": "410",
    "Republic of Kosovo": "XKX",
    "Russia": "643",
    "Russian Fed.": "643",
    "S. Africa": "710",
    "S. Korea": "410",
    "S. Sudan": "728",
    "Solomon Is.": "090",
    "St Vincent & Gren.": "670",
    "St. Kitts-Nevis": "659",
    "Syria": "760",
    "Taiwan": "158",
    "Taiwan, China": "158",
    "Tanzania": "834",
    "Tanzania, Utd. Rep. of": "834",
    "U.A.E.": "784",
    "U.K.": "826",
    "U.S.": "840",
    "U.S. Virgin Is.": "850",
    "U.S.A.": "840",
    "Vatican City": "336",
    "Virgin Islands, British": "092",
    "W. Sahara": "732",
}
TWO_NAMES = {
    "Burma (Myanmar)": "104",
    "Cabo Verde / Cape Verde": "132",
    "Eswatini (formerly Swaziland)": "748",
    "Holy See (Vatican City State)": "336",
    "United States of America (USA)": "840",
    "Yugoslavia (Serbia and Montenegro)": "891",
}
SPELLINGS = {
    "  Trinidad   &\N{NO-BREAK SPACE}Tobago ": "780",
    "Bosnia\nand Herzegovina": "070",
    "CÔTE D‘IVOIRE": "384",
    "Cote d Ivoire": "384",
    "Cote d´Ivoire": "384",
    "Iran (Islamic Republic of) [1]": "364",
    "Korea (Republic of)*": "410",
    "Kosovo (UNSCR 1244/1999)": "XKX",
    "Kosovo, under UNSC Resolution 1244 (1999)": "XKX",
    "Kosovo: S/RES/1244 (1999)": "XKX",
    "Kosovo[1]": "XKX",
    "Lao People s Democratic Republic": "418",
    "SAO TOME AND PRINCIPE": "678",
    "Serbia (1)": "688",
    "Serbia 1/": "688",
    "Serbia [a]": "688",
    "Serbia¹": "688",
    "Türkiye†": "792",
}
FORMER = {
    "Czechoslovakia (former)": "200",
    "Ethiopia (until 1993)": "230",
    "Former Federal Republic of Germany": "276",
    "Former Sudan": "736",
    "Former USSR": "810",
    "Former Yugoslavia": "890",
    "GDR": "278",
    "Netherlands Antilles (former)": "530",
    "Soviet Union (former)": "810",
    "Sudan (until 2011)": "736",
    "Yemen, Dem.": "720",
    "Yugoslavia (1992-2003)": "891",
    "Yugoslavia (until 1992)": "890",
    "Yugoslavia, Fed. Rep.": "891",
}
WRITTEN = [
    pytest.param(name, code, id=f"{vocabulary}-{name}")
    for vocabulary, names in (
        ("world-bank", WORLD_BANK),
        ("united-nations", UNITED_NATIONS),
        ("our-world-in-data", OUR_WORLD_IN_DATA),
        ("eurostat", EUROSTAT),
        ("unodc", UNODC),
        ("everyday", EVERYDAY),
        ("two-names", TWO_NAMES),
        ("spelling", SPELLINGS),
        ("former", FORMER),
    )
    for name, code in names.items()
]
AGGREGATES = [
    "Africa Eastern and Southern",
    "Arab World",
    "Caribbean small states",
    "East Asia & Pacific",
    "Euro area",
    "Euro area - 20 countries (from 2023)",
    "Europe & Central Asia",
    "European Union (27 countries)",
    "European Union - 27 countries (from 2020)",
    "Heavily indebted poor countries (HIPC)",
    "High income",
    "Latin America & Caribbean",
    "Least developed countries: UN classification",
    "Middle East & North Africa",
    "N. Africa",
    "North America",
    "OECD members",
    "Pacific island small states",
    "Small states",
    "South Asia",
]
NO_AREA = [
    *(
        "Aruba/Curacao",
        "Belgium-Luxembourg",
        "Cyprus (North)",
        "England",
        "Georgia (US)",
        "Germany including former GDR",
    ),
    *("Korea", "Saint Martin", "Serbia (including Kosovo)", "Serbia and Kosovo: S/RES/1244 (1999)", "Serbia 1"),
    *("Somaliland", "Southern Sudan", "Transnistria", "Virgin Islands", "Wales", "Republic of China"),
    *(
        "China and Macao",
        "Georgia and the",
        "Montenegro (Serbia)",
        "Serbia (Montenegro)",
        "Serbia and",
        "of Micronesia",
    ),
    "CAR",  # the Central African Republic for some, and the Caribbean in UNODC's files on trafficking
    *("N.A.", "n.a.", "n/a", "S.A.", "Dem. Rep.", "Rep.", "Republic", "Islands", "Saint", "the", "(1)", "*"),
]
SHORTENED = {
    r"\bDemocratic\b": "Dem.",
    r"\bRepublic\b": "Rep.",
    r"\bFederated States\b": "Fed. Sts.",
    r"\bFederal\b": "Fed.",
    r"\bIslands?\b": "Is.",
    r"\bTerritory\b": "Terr.",
    r"\bSaint\b": "St.",
    r"\b(?:and the|and)\b": "&",
    r"\bof the\b": "of",
    r"\bUnited\b": "Utd.",
}


@pytest.mark.parametrize(("name", "code"), WRITTEN)
def test_a_name_as_files_write_it_finds_its_area(gazetteer: Gazetteer, name: str, code: str) -> None:
    assert gazetteer.resolve(name).code == code


@pytest.mark.parametrize("name", AGGREGATES)
def test_an_aggregate_of_another_publisher_is_no_area(gazetteer: Gazetteer, name: str) -> None:
    for kinds in (None, PARTICIPANTS):
        with pytest.raises(UnknownName):
            gazetteer.resolve(name, kinds=kinds)


@pytest.mark.parametrize("name", NO_AREA)
def test_what_names_no_one_area_is_refused(gazetteer: Gazetteer, name: str) -> None:
    with pytest.raises(UnknownName):
        gazetteer.resolve(name)


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("Korea", {"Republic of Korea", "Democratic People's Republic of Korea"}),
        ("Dem. Rep.", {"Democratic Republic of the Congo", "Democratic People's Republic of Korea"}),
        ("Virgin Islands", {"British Virgin Islands", "United States Virgin Islands"}),
        ("Saint Martin", {"Saint Martin (French Part)", "Sint Maarten (Dutch part)"}),
    ],
)
def test_a_name_that_several_areas_could_mean_is_refused_with_them(
    gazetteer: Gazetteer, name: str, candidates: set[str]
) -> None:
    with pytest.raises(UnknownName) as refused:
        gazetteer.resolve(name)
    assert candidates <= set(refused.value.candidates)


def test_shortened_and_marked_names_of_a_day_lead_to_the_area_of_that_day(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Yemen (1)", on=date(1985, 1, 1)).code == "886"
    assert gazetteer.resolve("Yemen (1)").code == "887"
    assert gazetteer.resolve("Yugoslavia¹", on=date(1985, 1, 1)).code == "890"
    assert gazetteer.resolve("Yugoslavia [a]", on=date(1999, 1, 1)).code == "891"
    assert gazetteer.resolve("Dem. Rep. Congo", on=date(1985, 1, 1)).code == "180"


def test_no_two_areas_meet_in_one_shortened_name_but_those_of_one_name(gazetteer: Gazetteer) -> None:
    meanings = defaultdict(set)
    for area in gazetteer.areas.values():
        for name in gazetteer.names(area.code):
            if area.kind != "region":
                meanings[loosen(fold(name.name))].add(area.code)
    assert {tuple(sorted(codes)) for codes in meanings.values() if len(codes) > 1} == {("886", "887"), ("890", "891")}


def test_no_name_of_statistics_leads_to_two_areas_of_a_kind_on_a_day(gazetteer: Gazetteer) -> None:
    for area in gazetteer.areas.values():
        for name in gazetteer.names(area.code):
            if name.form == "statistical" and area.kind != "region":
                for day in [name.valid_from] if name.valid_from else [None, area.exists_from or date(1995, 1, 1)]:
                    assert gazetteer.resolve(name.name, on=day, kinds=(area.kind,)) == area


def test_every_english_name_is_found_with_its_words_shortened(gazetteer: Gazetteer) -> None:
    for area in gazetteer.areas.values():
        for name in gazetteer.names(area.code):
            if name.language == "en" and area.kind != "region":
                short = name.name
                for word, short_form in SHORTENED.items():
                    short = re.sub(word, short_form, short)
                assert gazetteer.resolve(short, kinds=(area.kind,)) == gazetteer.resolve(name.name, kinds=(area.kind,))


def test_shortening_a_shortened_name_changes_nothing(gazetteer: Gazetteer) -> None:
    for code in gazetteer.areas:
        for name in gazetteer.names(code):
            short = loosen(fold(name.name))
            assert loosen(short) == short


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "delimiter", "columns"),
    [
        ("population/totals-world-bank.2026-03.csv", ",", ("Country Code", "Country Name")),
        ("population/wpp2017-female-by-age.tsv", "\t", ("country_code", "name")),
        ("population/wpp2019-female-by-age.tsv", "\t", ("country_code", "name")),
        ("crime/homicide-rate.owid.2025.csv", ",", ("Code", "Entity")),
    ],
)
def test_code_and_name_of_a_published_file_agree(
    gazetteer: Gazetteer, shared: Path, file: str, delimiter: str, columns: tuple[str, str]
) -> None:
    with (shared / file).open(encoding="utf-8-sig", newline="") as stream:
        pairs = {tuple(row[column] for column in columns) for row in csv.DictReader(stream, delimiter=delimiter)}
    for code, name in sorted(pairs):
        if (known := _kind_of(gazetteer, code)) in ("state", "area"):
            assert gazetteer.resolve(name, kinds=("state", "area")) == gazetteer.resolve(code), name
        elif known is None and not code.startswith("OWID_KOS"):
            assert _kind_of(gazetteer, name) in (None, "region", "statistical", "organization"), name


def _kind_of(gazetteer: Gazetteer, text: str) -> str | None:
    try:
        return gazetteer.resolve(text).kind
    except UnknownName:
        return None
