"""Who speaks where: article or readers? A ``Report`` becomes ``Passage``s with authors and reply links."""

from reportedly.discuss.split import split_discussion

__all__ = ["split_discussion"]
