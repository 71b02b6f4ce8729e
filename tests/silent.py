"""A display that shows nothing, for tests of long work."""


class Silent:
    """Nobody is told how the work goes."""

    def expect(self, steps):
        pass

    def started(self, name):
        pass

    def finished(self, name):
        pass
