"""Addresses of reports."""

from django.urls import path

from comity.reports import views

urlpatterns = [
    path("report/", views.report_page, name="report"),
    path("report/report.css", views.report_style, name="report-style"),
    path("report/files/<str:name>", views.report_file, name="report-file"),
]
