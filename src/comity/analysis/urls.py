"""Addresses of what is computed from observations."""

from django.urls import path

from comity.analysis.baselines.page import baseline_page, baselines_page
from comity.analysis.emerging_issues.page import issues_page
from comity.analysis.flows.page import flows_page
from comity.analysis.indicators.page import indicator_page, indicators_page
from comity.analysis.trends.page import trends_page

urlpatterns = [
    path("indicators/", indicators_page, name="indicators"),
    path("indicators/<str:code>/", indicator_page, name="indicator"),
    path("trends/", trends_page, name="trends"),
    path("flows/", flows_page, name="flows"),
    path("baselines/", baselines_page, name="baselines"),
    path("baselines/<str:indicator>/<str:area>/", baseline_page, name="baseline"),
    path("issues/", issues_page, name="issues"),
]
