"""What is past, and asks nothing by its day or session: “adopted at its sixty-fifth session”."""

import re

# What is past ends where another thing is asked: "the work requested at its sixty-fifth session and to report".
_ASKS_ANEW = r"and (?:to [a-z]+|(?:report|submit|present|provide|inform|update|brief|transmit|convene)\b)"
# “the declaration adopted at its sixty-fifth session”, “the recommendations made by 2010”.
PAST = re.compile(
    r"\b(?:outcomes?|results|recommendations|(?<!be )(?:adopted|held|approved|endorsed|agreed|established|decided"
    r"|considered|reached|contained|requested|taken|concluded|convened|begun|made|expressed|voiced|raised|put forward"
    r"|submitted|presented|issued|transmitted|recommended|mandated|proclaimed|launched|authorized|elected|initiated"
    r"|finalized|identified|given|done|set (?:up|out)|called for)) "
    rf"(?:(?!{_ASKS_ANEW})[^,;]){{0,160}}$"
)
