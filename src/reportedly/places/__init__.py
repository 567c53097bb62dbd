"""Where is that? Toponyms in context become places with geometry, radius, precision and reasons."""

from reportedly.places.candidate import Candidate
from reportedly.places.gazetteer import Gazetteer, open_gazetteer
from reportedly.places.read import read_places
from reportedly.places.toponym import PlaceMention, ToponymCandidate

__all__ = ["Candidate", "Gazetteer", "PlaceMention", "ToponymCandidate", "open_gazetteer", "read_places"]
