"""The provenance of every rule in machine-readable form: one JSON-LD document that includes its context."""

import json

from assistant.publish.provenance.graph import nodes
from assistant.publish.provenance.terms import context, own_terms
from assistant.rulebook.identifier import address
from assistant.rulebook.model import Rulebook


def provenance_text(rulebook: Rulebook) -> str:
    """Return the provenance of a rulebook as JSON-LD 1.1. It does not depend on the language in use.

    Passages are Web Annotations (https://www.w3.org/TR/annotation-model/), and origins are described with PROV-O
    (https://www.w3.org/TR/prov-o/). "<" is escaped, so that the text can be embedded in an HTML page.
    """
    document = {"@context": context(address(rulebook, "")), "@graph": [*nodes(rulebook), *own_terms()]}
    return json.dumps(document, ensure_ascii=False, indent=1).replace("<", "\\u003c") + "\n"
