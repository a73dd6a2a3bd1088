"""Addresses of States and areas. The page of one State belongs to the site: it shows every room's panel."""

from django.urls import path

from comity.areas import views

urlpatterns = [
    path("states/", views.states_page, name="states"),
]
