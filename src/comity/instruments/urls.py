"""Addresses of the register of treaties."""

from django.urls import path

from comity.instruments import views

urlpatterns = [
    path("instruments/", views.instruments_page, name="instruments"),
    path("instruments/status/", views.status_page, name="status"),
    path("instruments/<str:code>/", views.instrument_page, name="instrument"),
]
