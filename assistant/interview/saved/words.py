"""What both questionnaires say about saving."""

from assistant.system.language import _


def what_saving_means() -> str:
    """The warning before anything is typed."""
    return _(
        "Nobody can read the file without its passphrase, not even you: if you forget it, the answers are lost. But "
        "anybody can see that the file is encrypted, and you can be forced to open it. Safest is to save nothing."
    )


def how_to_choose() -> str:
    """What makes a passphrase strong."""
    return _("Type four words or more that have nothing to do with each other. Enter alone: the program makes one up.")


def offer(passphrase: str) -> str:
    """A passphrase that was made up for the user."""
    told = _("Here is one that nobody else has: {passphrase} Learn it by heart, then type it. Do not write it down.")
    return told.format(passphrase=f"  {passphrase}  ")


def working() -> str:
    """While it is being encrypted."""
    return _("Encrypting. This takes some seconds; leaving works meanwhile, and saves nothing.")


def not_done() -> str:
    """When there is no result."""
    return _("Nothing was saved: the work was stopped, or there is too little memory for it.")
