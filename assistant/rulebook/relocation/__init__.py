"""Proposals for the catalogue after articles have changed: new places of quotations, as a patch."""
