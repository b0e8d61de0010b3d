"""What this desk is set to: settings, the administrator's policy, and passwords in the system's keyring."""
