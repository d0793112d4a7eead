package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/**
 * What makes this machine a node of one cluster: its keys, the keys of the cluster's authorities, and the cluster's own data, which holds all
 * of its secrets. Programs, configuration, and images of containers that were put there in advance stay.
 */
public final class ClusterMembership implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "cluster-membership";
    }

    @Override
    public String description() {
        return "Deletes the keys and data by which this machine is a node of a Kubernetes or other cluster.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Removal> removals() {
        List<String> patterns = new ArrayList<>(List.of("etc/rancher/node/*"));
        for (String product : List.of("k3s", "rke2")) {
            patterns.add("etc/rancher/" + product + "/" + product + ".yaml");
            String data = "var/lib/rancher/" + product;
            patterns.addAll(List.of(
                    data + "/server/*token",
                    data + "/server/cred/*",
                    data + "/server/db/*",
                    data + "/server/tls/*",
                    data + "/agent/*.crt",
                    data + "/agent/*.key",
                    data + "/agent/*.kubeconfig"));
        }
        // kubeadm: what `kubeadm reset' deletes, but for the kubelet's settings
        patterns.addAll(List.of(
                "etc/kubernetes/pki/*",
                "etc/kubernetes/admin.conf",
                "etc/kubernetes/super-admin.conf",
                "etc/kubernetes/kubelet.conf",
                "etc/kubernetes/bootstrap-kubelet.conf",
                "etc/kubernetes/controller-manager.conf",
                "etc/kubernetes/scheduler.conf",
                "etc/kubernetes/manifests/etcd.yaml",
                "etc/kubernetes/manifests/kube-apiserver.yaml",
                "etc/kubernetes/manifests/kube-controller-manager.yaml",
                "etc/kubernetes/manifests/kube-scheduler.yaml",
                "var/lib/etcd/member",
                "var/lib/kubelet/pki/*"));
        patterns.addAll(List.of(
                "var/lib/k0s/pki/*",
                "var/lib/k0s/db/*",
                "var/lib/k0s/etcd/*",
                "var/lib/k0s/kubelet.conf",
                "var/lib/k0s/kubelet-bootstrap.conf",
                "var/lib/k0s/kubelet/pki/*"));
        patterns.addAll(List.of(
                "var/lib/docker/swarm/*",
                "opt/consul/node-id",
                "opt/nomad/data/client/client-id",
                "opt/nomad/data/client/secret-id"));
        return List.of(Removal.of(patterns.toArray(String[]::new)).scrubbed());
    }
}
