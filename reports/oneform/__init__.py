"""「一张表」(P-13): what the product knows of a village or a unit, one row for each, in whatever form is asked for."""
