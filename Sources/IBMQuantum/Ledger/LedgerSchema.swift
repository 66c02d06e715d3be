import GRDB

/// The tables of a ledger, from the oldest version on.
enum LedgerSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("jobs") { database in
            try database.create(table: "job") { table in
                table.autoIncrementedPrimaryKey("id")
                table.column("tag", .text).notNull().unique()
                table.column("key", .text).notNull().indexed()
                table.column("part", .integer).notNull()
                table.column("parts", .integer).notNull()
                table.column("instance", .text).notNull()
                table.column("device", .text).notNull()
                table.column("program", .text).notNull()
                table.column("executions", .integer).notNull()
                table.column("maximum_seconds", .integer).notNull()
                table.column("state", .text).notNull()
                table.column("job", .text)
                table.column("problem", .text)
                table.column("created", .datetime).notNull()
                table.column("sent", .datetime)
                table.column("finished", .datetime)
                // zlib, and the number of bytes that it stands for.
                table.column("parameters", .blob).notNull()
                table.column("parameters_size", .integer).notNull()
                table.column("result", .blob)
                table.column("result_size", .integer)
            }
            // What is sent counts against the rate limit, whatever becomes of it.
            try database.create(table: "dispatch") { table in
                table.column("time", .datetime).notNull()
            }
            try database.create(table: "session") { table in
                table.primaryKey("id", .text)
                table.column("key", .text).notNull()
                table.column("instance", .text).notNull()
                table.column("process", .integer).notNull()
            }
        }
        migrator.registerMigration("documents") { database in
            try database.create(table: "document") { table in
                table.column("key", .text).notNull()
                table.column("instance", .text).notNull()
                table.column("device", .text).notNull()
                table.column("configuration", .blob).notNull()
                table.column("configuration_size", .integer).notNull()
                table.column("properties", .blob).notNull()
                table.column("properties_size", .integer).notNull()
                table.uniqueKey(["key", "instance", "device"])
            }
        }
        migrator.registerMigration("resent") { database in
            try database.alter(table: "job") { table in
                table.add(column: "resent", .boolean).notNull().defaults(to: false)
            }
        }
        return migrator
    }
}
