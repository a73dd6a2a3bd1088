"""How pages mark numbers: for each language a package, named as Django names its locale, with our marks."""
