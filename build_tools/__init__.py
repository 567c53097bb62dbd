"""Steps of the build hook: run when the package is built, never at run time."""
