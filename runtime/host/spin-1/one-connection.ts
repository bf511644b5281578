/** An interface of today whose connections are resources. */
export interface Connecting<Connection> {
  Connection: { open(address: string): Promise<Connection> | Connection };
}

/** Opens a connection for one call, as interfaces of Spin 1 do that name the address in each, and closes it after. */
export async function withConnection<Connection extends Partial<Disposable>, Value>(
  { Connection }: Connecting<Connection>,
  address: string,
  use: (connection: Connection) => Promise<Value> | Value,
): Promise<Value> {
  const connection = await Connection.open(address);
  try {
    return await use(connection);
  } finally {
    connection[Symbol.dispose]?.();
  }
}
