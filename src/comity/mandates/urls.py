"""Addresses of resolutions and their paragraphs; an address holds the symbol as it is written, `A/RES/67/189`."""

from django.urls import path, re_path

from comity.mandates import views

urlpatterns = [
    path("resolutions/", views.resolutions_page, name="resolutions"),
    re_path(
        r"^resolutions/(?P<symbol>[^#?]+?)/(?P<place>(?:op|pp)\d+(?:[A-Za-z]*|(?:\.\d+)+))/$",
        views.paragraph_page,
        name="paragraph",
    ),
    re_path(r"^resolutions/(?P<symbol>[^#?]+?)/$", views.resolution_page, name="resolution"),
]
