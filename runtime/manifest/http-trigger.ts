/** The settings of HTTP triggers: Spin's checks of them, and their reading with defaults (Spin's `http` crate). */
import { quoted } from "./identifiers.ts";
import type { HttpTriggerConfig, LockedTrigger } from "./locked-app.ts";
import { type ModelTrigger, tableOf, textMapOf, textOf } from "./model.ts";
import { parseRoute } from "../routing/route-pattern.ts";
import type { Report } from "./report.ts";
import { checkSection } from "./shape.ts";

const defaultArgv = "${SCRIPT_NAME} ${ARGS}";
const defaultEntrypoint = "_start";

/** Reports what Spin's HTTP trigger would refuse when the application starts. */
export function checkHttpTrigger(trigger: ModelTrigger, report: Report): void {
  const { dependencies: _middleware, ...config } = trigger.config;
  const component = trigger.component !== undefined && "id" in trigger.component ? trigger.component.id : undefined;
  checkSection(component === undefined ? config : { ...config, component }, "http-trigger", trigger.path, report);

  checkRoute(config["route"], trigger, component ?? trigger.id, report);
  const isStatic = Object.hasOwn(config, "static_response");
  // One of a wrong type was reported, and was meant all the same.
  const hasComponent = trigger.component !== undefined || report.positions.has([...trigger.path, "component"]);
  if (hasComponent === isStatic) {
    const which = isStatic ? "both" : "neither";
    const message = `Triggers must specify either component or static_response - ${trigger.id} has ${which}`;
    report.error("invalid-trigger", trigger.path, message);
  }
  checkExecutor(trigger, component, report);
}

function checkRoute(route: unknown, trigger: ModelTrigger, name: string, report: Report): void {
  if (typeof route === "string") {
    const parsed = parseRoute(route);
    if (!("fault" in parsed)) return;
    const message = `Error parsing route ${parsed.based} associated with component ${name}: ${parsed.fault}`;
    report.error("invalid-route", [...trigger.path, "route"], message);
  } else if (tableOf(route)["private"] === false) {
    const message = `route must be a string pattern or '{ private = true }': '${name}' has { private = false }`;
    report.error("invalid-route", [...trigger.path, "route"], message);
  }
}

function checkExecutor(trigger: ModelTrigger, component: string | undefined, report: Report): void {
  const executor = tableOf(trigger.config["executor"]);
  const path = [...trigger.path, "executor"];
  const type = textOf(executor["type"]);
  if (type !== undefined && !["http", "spin", "wagi"].includes(type)) {
    report.error("invalid-value", [...path, "type"], `unknown variant \`${type}\`, expected \`http\` or \`wagi\``);
  }
  const entrypoint = textOf(executor["entrypoint"]);
  if (type === "wagi" && entrypoint !== undefined && entrypoint !== defaultEntrypoint) {
    const message = `Wagi component '${component ?? ""}' cannot use deprecated 'entrypoint' field`;
    report.error("invalid-trigger", [...path, "entrypoint"], message);
  }
}

/** The settings of a locked HTTP trigger, defaults filled in. The lock itself keeps them as written, as Spin's does. */
export function readHttpTrigger(trigger: LockedTrigger): HttpTriggerConfig {
  const config = trigger.trigger_config;
  const component = textOf(config["component"]);
  const executor = tableOf(config["executor"]);
  const read: HttpTriggerConfig = {
    ...(component === undefined ? {} : { component }),
    route: typeof config["route"] === "string" ? config["route"] : { private: true },
    executor:
      executor["type"] === "wagi"
        ? {
            type: "wagi",
            argv: textOf(executor["argv"]) ?? defaultArgv,
            entrypoint: textOf(executor["entrypoint"]) ?? defaultEntrypoint,
          }
        : { type: "http" },
  };
  if (!Object.hasOwn(config, "static_response")) return read;
  const response = tableOf(config["static_response"]);
  const status = response["status_code"];
  const body = textOf(response["body"]);
  read.static_response = {
    status_code: typeof status === "number" ? status : 200,
    headers: textMapOf(response["headers"]),
    ...(body === undefined ? {} : { body }),
  };
  return read;
}

const movedBase =
  "This application is using the deprecated trigger 'base' field. The base must be prepended to each [[trigger.http]]'s 'route'.";

/** Today's Spin takes no `base` but `/`. In a version 1 manifest it is honoured here, as Spin 1.0 did. */
export function checkBase(settings: unknown, version: 1 | 2, report: Report): void {
  const base = textOf(tableOf(settings)["base"]);
  if (base === undefined || base === "/") return;
  if (version === 2) report.error("deprecated-base", ["application", "trigger", "http", "base"], movedBase);
  else report.warning("deprecated-base", ["trigger", "base"], `${movedBase} Spin 2 and later refuse ${quoted(base)}.`);
}
