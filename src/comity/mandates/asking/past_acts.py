"""What is past, and asks nothing by its day or session: “adopted at its sixty-fifth session”."""

import re

# What is past ends where another thing is asked: "the work requested at its sixty-fifth session and to report".
_ASKS_ANEW = r"and (?:to [a-z]+|(?:report|submit|present|provide|inform|update|brief|transmit|convene)\b)"
# “the declaration adopted at its sixty-fifth session”, “the recommendations made by 2010”.
PAST = re.compile(
    r"\b(?:adopted|held|approved|endorsed|agreed|established|decided|considered"
    r"|outcomes?|reached|contained|requested|taken|concluded|convened|results|recommendations"
    r"|begun|made|expressed|voiced|raised|put forward|(?<!be )(?:submitted|presented|issued|transmitted)) "
    rf"(?:(?!{_ASKS_ANEW})[^,;]){{0,160}}$"
)
