"""The app: the only part that knows Streamlit. Every page is a view of the one audit."""
