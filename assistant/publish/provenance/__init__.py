"""Where every rule comes from, for machines: one JSON-LD document with its context inside."""

import json

from assistant.publish.provenance.graph import nodes
from assistant.publish.provenance.terms import context, own_terms
from assistant.rulebook.identifier import address
from assistant.rulebook.model import Rulebook


def provenance_text(rulebook: Rulebook) -> str:
    """The provenance of a rulebook as JSON-LD 1.1, the same for the same rulebook whatever its language in use.

    Passages are Web Annotations (https://www.w3.org/TR/annotation-model/), and what is said of origin is PROV-O
    (https://www.w3.org/TR/prov-o/). A "<" is escaped, so that the text can stand in a page.
    """
    document = {"@context": context(address(rulebook, "")), "@graph": [*nodes(rulebook), *own_terms()]}
    return json.dumps(document, ensure_ascii=False, indent=1).replace("<", "\\u003c") + "\n"
