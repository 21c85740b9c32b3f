"""English, the language of the program's texts in the code."""

from typing import Final

from assistant.system.locale.record import Locale

ENGLISH: Final = Locale(
    code="en",
    name="English",
    decimal_mark=".",
    group_mark=",",
    keyboard="",
    consonants="bdfghjklmnprstvz",
    vowels="aiou",
    months=(
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ),
    before_day="the",
    before_month="of",
    before_time="in",
    after_day="st|nd|rd|th",
    after_year="",
    units={
        "hours": "h|hr|hrs|hour|hours",
        "days": "d|day|days",
        "weeks": "w|wk|wks|week|weeks",
        "months": "mo|mos|month|months",
        "years": "y|yr|yrs|year|years",
    },
    between_units="and",
    before_range="from|between",
    between_range="to|or|and",
    before_inexact="more than|over|less than|under|at least|at most|about|around|almost|up to",
    after_inexact="or more",
    dont_know="i dont know|dont know|i do not know|do not know|unknown|not known|not sure|im not sure|i am not sure"
    "|no idea|i have no idea|idk|dunno|i dont remember|dont remember",
    skip="skip|skip it|skip this question|skipped",
    yes="yes|yeah|yep|yup|true|yes of course|of course",
    no="no|nope|nah|false|not at all|of course not",
    letters_of_yes="y",
    letters_of_no="n",
    all="all",
    none="none",
    commands={
        "?": "help",
        "b": "back|go back",
        "f": "findings",
        "n": "next|next case",
        "q": "quit|exit|leave",
    },
    negating="no|not|none|never|nobody|nothing|neither|nor|cannot|dont|doesnt|didnt|isnt|wasnt|hasnt|declined",
    excluding="without|away|outside|except|another|other",
    limiting="but",
    refusing="not|none",
    small="and|been|by|for|has|he|him|his|in|is|it|not|of|on|one|only|or|other|others|out|since|so|that|the|there|this"
    "|to|up|was|with|without",
)
