/**
 * Commands that Redis 7 has and this one has not, so that a person is not told that there is no such command: streams,
 * scripts, transactions, subscriptions, blocking, bits, places on a map, and what belongs to running a server.
 */
export const missingCommands: ReadonlySet<string> = new Set(
  `acl asking auth bgrewriteaof bgsave bitcount bitfield bitfield_ro bitop bitpos blmove blmpop blpop brpop brpoplpush
   bzmpop bzpopmax bzpopmin client cluster command config debug discard dump eval eval_ro evalsha evalsha_ro exec
   failover fcall fcall_ro function geoadd geodist geohash geopos georadius georadius_ro georadiusbymember
   georadiusbymember_ro geosearch geosearchstore getbit hello info lastsave latency lcs lmpop lolwut memory migrate
   module monitor move multi object pfadd pfcount pfmerge psubscribe psync pubsub punsubscribe quit readonly
   readwrite replicaof reset restore role save script setbit shutdown slaveof slowlog sort sort_ro spublish ssubscribe
   subscribe sunsubscribe swapdb sync unsubscribe unwatch wait watch xack xadd xautoclaim xclaim xdel xgroup xinfo xlen
   xpending xrange xread xreadgroup xrevrange xsetid xtrim zintercard zmpop`.split(/\s+/),
);
