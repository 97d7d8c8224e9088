-- Who reads and writes analytics. This file states all of it: edit it in place.
SELECT drop_policies('analytics');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY analytics_owner ON analytics TO selvage_owner USING (true) WITH CHECK (true);
