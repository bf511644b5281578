/** `spin:postgres` as Spin hosts it. npm has no package with it; the definitions are our own words for Spin's facts. */

/** What both versions have around their types. */
const rest = `
    record column { name: string, data-type: db-data-type }
    type row = list<db-value>;
    record row-set { columns: list<column>, rows: list<row> }
    resource connection {
      open: static func(address: string) -> result<connection, error>;
      query: func(statement: string, params: list<parameter-value>) -> result<row-set, error>;
      execute: func(statement: string, params: list<parameter-value>) -> result<u64, error>;
    }`;

const firstTypes =
  "boolean, int8, int16, int32, int64, floating32, floating64, str, binary, date, time, datetime, timestamp";
/** A day is year, month and day; a time hour, minute, second and nanosecond; a timestamp counts seconds. */
const firstValues = `boolean(bool), int8(s8), int16(s16), int32(s32), int64(s64), floating32(f32), floating64(f64), str(string),
      binary(list<u8>), date(tuple<s32, u8, u8>), time(tuple<u8, u8, u8, u32>),
      datetime(tuple<s32, u8, u8, u8, u8, u8, u32>), timestamp(s64)`;

const rangeOf = (type: string): string => {
  const bound = `option<tuple<${type}, range-bound-kind>>`;
  return `tuple<${bound}, ${bound}>`;
};
const laterTypes = `uuid, jsonb, decimal, range-int32, range-int64, range-decimal, array-int32, array-int64, array-decimal,
      array-str, interval`;
const laterValues = `uuid(string), jsonb(list<u8>), decimal(string), range-int32(${rangeOf("s32")}),
      range-int64(${rangeOf("s64")}), range-decimal(${rangeOf("string")}), array-int32(list<option<s32>>),
      array-int64(list<option<s64>>), array-decimal(list<option<string>>), array-str(list<option<string>>), interval(interval)`;

/** The packages of both versions, to be nested in a text. */
export const postgresPackages = {
  "3.0.0": `package spin:postgres@3.0.0 {
  interface postgres {
    variant error {
      connection-failed(string), bad-parameter(string), query-failed(string), value-conversion-failed(string), other(string)
    }
    enum db-data-type { ${firstTypes}, other }
    variant db-value { ${firstValues}, db-null, unsupported }
    variant parameter-value { ${firstValues}, db-null }
    ${rest}
  }
}`,
  "4.0.0": `package spin:postgres@4.0.0 {
  interface postgres {
    record db-error {
      as-text: string, severity: string, code: string, message: string, detail: option<string>,
      extras: list<tuple<string, string>>,
    }
    variant query-error { text(string), db-error(db-error) }
    variant error {
      connection-failed(string), bad-parameter(string), query-failed(query-error), value-conversion-failed(string), other(string)
    }
    enum range-bound-kind { inclusive, exclusive }
    record interval { micros: s64, days: s32, months: s32 }
    variant db-data-type { ${firstTypes}, ${laterTypes}, other(string) }
    variant db-value { ${firstValues}, ${laterValues}, db-null, unsupported(list<u8>) }
    variant parameter-value { ${firstValues}, ${laterValues}, db-null }
    ${rest}
  }
}`,
};
