"""How the desk works together with the company's other programs: who is calling, screen pop, call events, CRM."""
