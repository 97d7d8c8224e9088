DROP TRIGGER users_last_administrator ON users;
DROP FUNCTION keep_an_administrator();
