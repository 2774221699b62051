//! A cluster that ends when its standard input does, to look at one by hand.

use handfast_postgres_server::cluster::Cluster;

fn main() {
    let cluster = Cluster::start();
    println!("{}", cluster.address());
    std::io::stdin().lines().for_each(drop);
}
