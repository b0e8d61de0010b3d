"""Parts of windows that know the model: they show it, and give its commands when the operator wants something."""
