"""The page of the emerging issues: what is measured of each, and what is not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comity.analysis.emerging_issues import ask as measured
from comity.evidence.figures import figure
from comity.statistics import store
from comity.statistics.pages.data_sets import as_json, asked_as_at


def issues_page(request: HttpRequest) -> HttpResponse:
    """The seven emerging issues as a view over categories: what is measured of each, and what is not."""
    as_at = asked_as_at(request)
    table = figure("emerging-issues", as_at=as_at)
    found = measured.issues(store.known_on(as_at).speaking)
    if request.GET.get("format") == "json":
        return as_json({"as_at": as_at.isoformat(), "issues": [measured.record(one, table.value) for one in found]})
    rows = [
        {"issue": one, "title": measured.issue_label(one), "cells": measured.cells(table.value, one.key)}
        for one in found
    ]
    context = {"as_at": as_at, "table": table, "rows": rows}
    return render(request, "analysis/emerging_issues.html", context)
