"""The room's configuration."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """What is computed from observations: indicators, estimates, trends, flows, issues, baselines."""

    name = "comity.analysis"
    label = "analysis"

    def ready(self) -> None:
        """Register the room's methods and what fetches the facts of their figures."""
        from comity.analysis import panels
        from comity.analysis.baselines import facts as baseline_facts
        from comity.analysis.baselines import figures as baselines
        from comity.analysis.emerging_issues import facts as issue_facts
        from comity.analysis.emerging_issues import figures as issues
        from comity.analysis.estimates import facts as estimate_facts
        from comity.analysis.estimates import figures as estimates
        from comity.analysis.estimates import table_facts, tables
        from comity.analysis.flows import facts as flow_facts
        from comity.analysis.flows import figures as flows
        from comity.analysis.headlines.ask import judge, spoken
        from comity.analysis.headlines.rule import in_words
        from comity.analysis.indicators import facts as indicator_facts
        from comity.analysis.indicators import figures as indicators
        from comity.analysis.trends import facts as trend_facts
        from comity.analysis.trends import figures as trends
        from comity.charts.page_drawing import register_drawer
        from comity.evidence.figures import register, withdraw
        from comity.statistics.headlines import Rule, register_rule

        register(indicators, estimates, tables, trends, flows, issues, baselines)
        register(indicator_facts, estimate_facts, table_facts, trend_facts, flow_facts, issue_facts, baseline_facts)
        register(panels)
        withdraw("rate-trends", instead="trends")
        register_drawer("estimates-by-region", panels.regions_drawn)
        register_rule(Rule(judge, spoken, in_words))
