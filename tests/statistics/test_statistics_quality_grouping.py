"""Findings by series: one entry for a State's indicator, the most useful first."""

from comity.evidence.findings import Finding
from comity.statistics.quality import QualityFinding, grouped, in_order_of_use

PEOPLE = {("076", "2010"): 190e6, ("076", "2020"): 210e6, ("470", "2020"): 0.5e6}


def one(rule: str, severity: str = "warning", area: str = "076", **more: object) -> QualityFinding:
    values = {"indicator": "homicide-count", "period": "2018", "size": 1.1, "release": "made@2020-06-30", **more}
    period, size, release = str(values["period"]), float(str(values["size"])), str(values["release"])
    finding = Finding(rule, severity, "made.csv", f"{rule}:{period}", "", "", rule)  # type: ignore[arg-type]
    indicator = str(values["indicator"])
    return QualityFinding(finding, area, area, indicator, period, "", release.split("@")[0], release, size)


def rules(*findings: QualityFinding) -> list[list[str]]:
    return [[each.finding.rule for each in entry.findings] for entry in grouped(findings, PEOPLE)]


def test_a_state_and_indicator_is_one_entry_with_its_counts_rules_and_years() -> None:
    (entry,) = grouped([one("jump", "note", period="2012"), one("jump", "note"), one("two-values")], PEOPLE)
    told = entry.as_json()
    assert (told["severity"], told["count"], told["warnings"], told["notes"], told["errors"]) == ("warning", 3, 1, 2, 0)
    assert (told["rules"], told["first"], told["last"]) == ({"jump": 2, "two-values": 1}, "2012", "2018")
    assert told["population"] == 210e6
    assert [each["rule"] for each in told["findings"]] == ["two-values", "jump", "jump"]


def test_the_order_is_severity_then_size_then_recency_then_population() -> None:
    assert rules(one("a", "note"), one("b", area="470"), one("c", "error", area="470")) == [["c", "b"], ["a"]]
    assert rules(one("small", size=1.9), one("large", area="470", size=2)) == [["large"], ["small"]]
    both = one("large", size=2, period="2010"), one("recent", size=1.9)
    assert rules(*both) == [["large", "recent"]]
    assert rules(both[0], one("recent", size=1.9, area="470")) == [["large"], ["recent"]]
    assert rules(one("old", period="2014"), one("recent", area="470", period="2015")) == [["recent"], ["old"]]
    assert rules(one("few", area="470"), one("many")) == [["many"], ["few"]]
    assert rules(one("less", indicator="a"), one("more", indicator="b", size=1.2)) == [["more"], ["less"]]


def test_what_is_of_no_state_stands_last_and_each_finding_stands_once() -> None:
    found = [one("file", "error", area="", period=""), one("jump", "note"), one("slip", "error", area="470")]
    assert [each.finding.rule for each in in_order_of_use(grouped(found, PEOPLE))] == ["slip", "jump", "file"]


def test_data_sets_and_indicators_are_apart() -> None:
    found = [one("a"), one("b", indicator="homicide-rate"), one("c", release="other@2019-01-01")]
    assert sorted(rules(*found)) == [["a"], ["b"], ["c"]]
