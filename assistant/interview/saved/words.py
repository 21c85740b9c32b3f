"""The texts about saving that both questionnaires use."""

from assistant.system.language import _


def what_saving_means() -> str:
    """Return the warning to show before anything is typed."""
    return _(
        "Nobody can read the file without its passphrase, not even you: if you forget it, the answers are lost. But "
        "anybody can see that the file is encrypted, and you can be forced to open it. Safest is to save nothing."
    )


def how_to_choose() -> str:
    """Return the advice how to choose a strong passphrase."""
    return _("Type four words or more that have nothing to do with each other. Enter alone: the program makes one up.")


def offer(passphrase: str) -> str:
    """Return the text that offers a generated passphrase."""
    message = _("Here is one that nobody else has: {passphrase} Learn it by heart, then type it. Do not write it down.")
    return message.format(passphrase=f"  {passphrase}  ")


def encrypting() -> str:
    """Return the text to show during encryption."""
    return _("Encrypting. This takes some seconds; leaving works meanwhile, and saves nothing.")


def nothing_saved() -> str:
    """Return the text to show when encryption gave no result."""
    return _("Nothing was saved: the work was stopped, or there is too little memory for it.")
