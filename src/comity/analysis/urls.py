"""Addresses of what is computed from observations."""

from django.urls import path

from comity.analysis import views

urlpatterns = [
    path("indicators/", views.indicators_page, name="indicators"),
    path("indicators/<str:code>/", views.indicator_page, name="indicator"),
    path("trends/", views.trends_page, name="trends"),
    path("flows/", views.flows_page, name="flows"),
    path("issues/", views.issues_page, name="issues"),
]
