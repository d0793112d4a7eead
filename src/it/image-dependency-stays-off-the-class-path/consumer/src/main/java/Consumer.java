class Consumer {}
