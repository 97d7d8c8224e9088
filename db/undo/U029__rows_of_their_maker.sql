ALTER TABLE consignors ALTER user_id DROP DEFAULT;
ALTER TABLE content_calendar ALTER user_id DROP DEFAULT;

DO $$
DECLARE
    next_number bigint;
BEGIN
    SELECT last_value + is_called::int INTO next_number FROM consignors_number_seq;
    ALTER TABLE consignors ALTER number DROP IDENTITY;
    EXECUTE format('CREATE SEQUENCE consignors_number_seq AS int START WITH %s', next_number);
    ALTER TABLE consignors ALTER number SET DEFAULT nextval('consignors_number_seq');
    ALTER SEQUENCE consignors_number_seq OWNED BY consignors.number;
END
$$;
