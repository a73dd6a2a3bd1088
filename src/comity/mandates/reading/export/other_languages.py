"""The other languages in which resolutions are published, known by the lines that name organ and resolution."""

import re
import unicodedata

from django.utils.translation import gettext as _

from comity.evidence.wording import gettext_noop

# The organ that enacts, which stands alone on its line with a comma, and how the masthead says who adopted.
_SAID = {
    gettext_noop("French"): (
        r"L[’']Assemblée générale|Le Conseil (?:économique et social|de sécurité|des droits de l[’']homme)"
        r"|La (?:Commission|Conférence)\b.{0,160}",
        r"Résolutions? adoptées? par ",
    ),
    gettext_noop("Spanish"): (
        r"La Asamblea General|El Consejo (?:Económico y Social|de Seguridad|de Derechos Humanos)"
        r"|La (?:Comisión|Conferencia)\b.{0,160}",
        r"Resoluci(?:ón|ones) aprobadas? por ",
    ),
    gettext_noop("Russian"): (
        r"Генеральная Ассамблея|Экономический и Социальный Совет|Совет (?:Безопасности|по правам человека)"
        r"|(?:Комиссия|Конференция)\b.{0,160}",
        r"Резолюци[яи],? принят",
    ),
    gettext_noop("Arabic"): (
        r"(?:إن )?(?:الجمعية العامة|المجلس الاقتصادي والاجتماعي|مجلس (?:الأمن|حقوق الإنسان))"
        r"|إن (?:لجنة|مؤتمر|المؤتمر) .{0,160}",
        r"قرار(?:ات)? اتخذ",
    ),
    gettext_noop("Chinese"): (
        r"大会|经济及社会理事会|安全理事会|人权理事会|\w{2,40}(?:委员会|缔约方会议)",
        r".{0,30}大会.{0,20}(?:通过的)?决议$",
    ),
}
_SIGNS = {
    language: re.compile(rf"^[^\w\n]*+(?:(?:{organs})\s*[,،，]\s*$|{adopted})", re.IGNORECASE | re.MULTILINE)
    for language, (organs, adopted) in _SAID.items()
}


def seems_other_language(text: str) -> tuple[str, str] | None:
    """What a resolution in a language that is not read seems to be, and what to give instead; None for any other."""
    plain = unicodedata.normalize("NFC", text)
    for language, signs in _SIGNS.items():
        if signs.search(plain):
            what = _("what seems to be a resolution in %(language)s") % {"language": _(language)}
            return what, _("the English text of the resolution as plain text (.txt): no other language is read")
    return None
