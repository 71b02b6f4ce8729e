"""Facts made visible, nothing computed: charts, sentences, tables, notices, the annex."""
