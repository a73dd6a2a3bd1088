"""Addresses of figures, their methods, and the origins they come from."""

from django.urls import path

from comity.evidence import views

urlpatterns = [
    path("figures/<str:identifier>", views.figure_page, name="figure"),
    path("origins/<str:sha256>", views.origin_page, name="origin"),
    path("origins/<str:sha256>/raw", views.origin_raw, name="origin-raw"),
    path("origins/<str:sha256>/at/<path:place>", views.place_page, name="place"),
    path("methods/", views.methods_page, name="methods"),
]
