"""Addresses of data sets, their releases and observations, and of the quality view."""

from django.urls import path

from comity.statistics.pages import data_sets, explorer, quality

urlpatterns = [
    path("data/", data_sets.data_sets_page, name="data-sets"),
    path("data/<str:dataset>/", data_sets.data_set_page, name="data-set"),
    path("data/<str:dataset>/<str:release>/", data_sets.release_page, name="release"),
    path("data/<str:dataset>/<str:release>/revisions/", data_sets.revisions_page, name="revisions"),
    path(
        "data/<str:dataset>/<str:release>/observations.<str:form>", explorer.release_download, name="release-download"
    ),
    path("observations/", explorer.observations_page, name="observations"),
    path("observations.<str:form>", explorer.observations_download, name="observations-download"),
    path("observations/<str:key>/history", explorer.history_page, name="history"),
    path("quality/", quality.quality_page, name="quality"),
    path("quality/<str:code>/", quality.area_page, name="quality-of"),
]
