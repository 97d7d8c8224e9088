-- Who reads and writes fabrics. This file states all of it: edit it in place.
SELECT drop_policies('fabrics');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY fabrics_owner ON fabrics TO selvage_owner USING (true) WITH CHECK (true);
