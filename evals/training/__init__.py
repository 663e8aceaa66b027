"""Commands that train the small models of the installation; they need data that the repository does not hold."""
