"""Addresses of the register of treaties."""

from django.urls import path

from comity.instruments import views
from comity.instruments.pages.declarations import declarations_page

urlpatterns = [
    path("instruments/", views.instruments_page, name="instruments"),
    path("instruments/status/", views.status_page, name="status"),
    path("instruments/<str:code>/", views.instrument_page, name="instrument"),
    path("instruments/<str:code>/declarations/", declarations_page, name="declarations"),
]
