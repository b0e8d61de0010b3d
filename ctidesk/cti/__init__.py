"""The telephone line as the application sees it, whatever PBX stands behind it (cti-model.md)."""
