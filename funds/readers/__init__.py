"""Who can read what the app keeps, as its `visible_to` decides; the organisations' app loads it on start."""

from funds.readers import channels, ledger, projects, publishing

__all__ = ["channels", "ledger", "projects", "publishing"]
