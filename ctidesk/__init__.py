"""ctidesk: a desktop CTI panel for operators of the Oktell and Webitel PBXs."""

__version__ = "0.1.0"
