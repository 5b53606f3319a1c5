"""The drawings are tested on the invented project; what holds of any content, on the real one too."""

import pytest

from macros.content.load import Data
from macros.content.project import Project


@pytest.fixture(scope="session")
def data(invented: Project) -> Data:
    return invented.data
