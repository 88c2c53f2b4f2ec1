"""swotlight"""
