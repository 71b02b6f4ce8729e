"""What an analyst puts onto a page: prose, tables, charts, each figure in them bound to a fact or refused."""
