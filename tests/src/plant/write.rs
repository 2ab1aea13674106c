//! The plant as rows: what an import would have written.

use domain::{changeover::Relation, policy::Policy};
use sea_orm::Value;
use serde_json::json;

use super::{BEGIN, DAY, DAYS, Plant, id, matrix};
use crate::{Row, TestDatabase};

fn document(value: &impl serde::Serialize) -> Value {
    serde_json::to_string(value).expect("a domain type has a document").into()
}

impl Plant {
    /// Writes it all, with a head on every line and the matrix in two versions, of which the first is slower.
    ///
    /// # Panics
    /// If the schema refuses.
    pub async fn write(&self, db: &TestDatabase) {
        let write = async |sql: &str, values: Vec<Value>| {
            db.execute(sql, values).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        };
        let organisation = "INSERT INTO organisation
             (id, kind, name_zh, name_en, contact, in_district, verified_at, created_at)
             VALUES ($1, $2, $3, $3, 'x', $4, 0, 0)";
        write(organisation, vec![self.platform.0.into(), "platform".into(), "中试".into(), true.into()])
            .await;
        write(organisation, vec![self.client.0.into(), "company".into(), "客户".into(), true.into()]).await;
        write(
            "INSERT INTO platform (id, code, illustrative, document) VALUES ($1, 'pilot', $2, $3)",
            vec![self.platform.0.into(), true.into(), document(&json!({}))],
        )
        .await;
        write(
            "INSERT INTO account (id, email, name, locale, created_at) VALUES ($1, 'a@example.org', 'A', 'en', 0)",
            vec![self.account.into()],
        )
        .await;
        for (n, product) in self.products.iter().enumerate() {
            write(
                "INSERT INTO product (id, organisation, code, document, created_at) VALUES ($1, $2, $3, '{}', 0)",
                vec![product.0.into(), self.client.0.into(), format!("P{n}").into()],
            )
            .await;
        }
        write(
            "INSERT INTO calendar (id, platform, code, document) VALUES ($1, $2, $3, $4)",
            vec![
                self.pattern.id.0.into(),
                self.platform.0.into(),
                self.pattern.code.clone().into(),
                document(&self.pattern),
            ],
        )
        .await;
        write(
            "INSERT INTO policy (platform, version, document) VALUES ($1, 1, $2)",
            vec![self.platform.0.into(), document(&Policy { max_holds: 10_000, ..Policy::default() })],
        )
        .await;
        self.write_matrices(db).await;
        self.write_resources(db).await;
        write("UPDATE catalogue SET version = 1", vec![]).await;
    }

    async fn write_matrices(&self, db: &TestDatabase) {
        let matrix_id = Value::from(self.matrix.id.0);
        db.execute(
            "INSERT INTO matrix (id, platform, code) VALUES ($1, $2, $3)",
            vec![matrix_id.clone(), self.platform.0.into(), self.matrix.code.clone().into()],
        )
        .await
        .expect("a matrix is written");
        // The version in force is the highest, so an older and slower one comes below it.
        for issued in [matrix(self.matrix.version - 1, 60), self.matrix.clone()] {
            let version = Value::from(i64::from(issued.version));
            db.execute(
                "INSERT INTO matrix_version (matrix, version, document) VALUES ($1, $2, $3)",
                vec![matrix_id.clone(), version.clone(), document(&issued)],
            )
            .await
            .expect("a version is written");
            for cell in &issued.cells {
                db.execute(
                    "INSERT INTO changeover (matrix, version, leaves, needs, same_product, minutes)
                     VALUES ($1, $2, $3, $4, $5, $6)",
                    vec![
                        matrix_id.clone(),
                        version.clone(),
                        i64::from(cell.leaves.0).into(),
                        i64::from(cell.needs.0).into(),
                        i64::from(cell.relation == Relation::Same).into(),
                        cell.changeover.minimum().into(),
                    ],
                )
                .await
                .expect("a cell is written");
            }
        }
    }

    async fn write_resources(&self, db: &TestDatabase) {
        for (n, line) in self.lines.iter().enumerate() {
            db.execute(
                "INSERT INTO line (id, matrix, platform, code, version, catalogue, document)
                 VALUES ($1, $2, $3, $4, 1, 1, $5)",
                vec![
                    line.id.0.into(),
                    line.matrix.0.into(),
                    line.platform.0.into(),
                    line.code.clone().into(),
                    document(line),
                ],
            )
            .await
            .expect("a line is written");
            let head = Row::head(id(10, n), line.id.0, BEGIN, i64::from(self.matrix.initial.0));
            head.insert(db.connection()).await.expect("a head is written");
        }
        for pool in &self.pools {
            db.execute(
                "INSERT INTO pool (id, platform, code, version, capacity, document) VALUES ($1, $2, $3, 1, $4, $5)",
                vec![pool.id.0.into(), pool.platform.0.into(), pool.code.clone().into(), i64::from(pool.capacity).into(), document(pool)],
            )
            .await
            .expect("a pool is written");
            for day in 0..DAYS {
                db.execute(
                    "INSERT INTO pool_cell (pool, starts_at, capacity, used, touched) VALUES ($1, $2, $3, 0, 0)",
                    vec![pool.id.0.into(), (BEGIN + day * DAY).into(), i64::from(pool.capacity).into()],
                )
                .await
                .expect("a cell is written");
            }
        }
        db.execute(
            "INSERT INTO route (id, platform, offering, code, active, document) VALUES ($1, $2, $3, $4, $5, $6)",
            vec![
                self.route.id.0.into(),
                self.platform.0.into(),
                self.route.offering.clone().into(),
                self.route.code.clone().into(),
                true.into(),
                document(&self.route),
            ],
        )
        .await
        .expect("a route is written");
    }
}
