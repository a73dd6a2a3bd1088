"""All addresses of the site; English stands at the root, the other languages under their code.

What machines ask of the site's health has no language.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from comity.site import views
from comity.site.serving import health

pages = i18n_patterns(
    path("", views.home, name="home"),
    path("sources/", views.sources, name="sources"),
    path("about/", views.about, name="about"),
    path("states/<str:code>/", views.state_page, name="state"),
    path("", include("comity.evidence.urls")),
    path("", include("comity.areas.urls")),
    path("", include("comity.instruments.urls")),
    path("", include("comity.mandates.urls")),
    path("", include("comity.statistics.urls")),
    path("", include("comity.analysis.urls")),
    path("", include("comity.reports.urls")),
    prefix_default_language=False,
)
urlpatterns = [path("health/", health.alive), path("ready/", health.ready), *pages]
handler400 = "comity.site.views.bad_request"
handler404 = "comity.site.views.not_found"
handler500 = "comity.site.views.server_error"
