"""What the settings dialog and the welcome are made of: drafts of settings, fields bound to keys, and pages of them."""
