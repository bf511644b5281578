// Counts its requests in Redis, publishes a message by MQTT, and answers with the number, which has one digit.

#include "http.h"

#define REDIS "spin:redis/redis@3.0.0"
#define MQTT "spin:mqtt/mqtt@3.0.0"
IMPORT(REDIS, "[async-lower][static]connection.open")
i32 redis_open(const char *address, size length, void *result);
IMPORT(REDIS, "[async-lower][method]connection.incr") i32 redis_incr(i32 self, const char *key, size length, void *result);
IMPORT(MQTT, "[async-lower][static]connection.open") i32 mqtt_open(void *parameters, void *result);
IMPORT(MQTT, "[async-lower][method]connection.publish") i32 mqtt_publish(void *parameters, void *result);

static struct { i32 is_error; i32 connection; i32 error[4]; } redis, mqtt;
static struct { i32 is_error; i32 padding; u64 value; i32 error[2]; } counted;
static struct { i32 is_error; i32 error[4]; } published;
static struct { text address; text username; text password; u64 seconds; } connect;
static struct { i32 self; text topic; text payload; u8 qos; } message;
static char digit;

static void begin(i32 request) {}

static i32 step(i32 number, i32 result) {
  switch (number) {
    case 0: return call(redis_open(BYTES("redis://server"), &redis));
    case 1:
      if (redis.is_error) __builtin_trap();
      return call(redis_incr(redis.connection, BYTES("count"), &counted));
    case 2:
      if (counted.is_error) __builtin_trap();
      digit = '0' + (char)counted.value;
      connect.address = TEXT("mqtt://broker?client_id=guest");
      connect.seconds = 30;
      return call(mqtt_open(&connect, &mqtt));
    case 3:
      if (mqtt.is_error) __builtin_trap();
      message.self = mqtt.connection;
      message.topic = TEXT("count");
      message.payload = (text){&digit, 1};
      message.qos = 1;
      return call(mqtt_publish(&message, &published));
    case 4:
      respond(published.is_error ? 500 : 200, fields_new());
      return write_text((text){&digit, 1});
    case 5: return end_body();
    default: return -1;
  }
}
