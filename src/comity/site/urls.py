"""All addresses of the site; English stands at the root, the other languages under their code."""

urlpatterns: list[object] = []
